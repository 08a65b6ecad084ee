import { connectionDigest, signatureOf } from './sign'

// Both digests were made with md5sum and base64 from the joined texts.
const PARAMS = {
  version: 'V1',
  type: 'pdd.refund.list.increment.get',
  client_id: 'c71',
  access_token: 'tok-71',
  data_type: 'JSON',
  timestamp: 1772330500,
  after_sales_status: 1,
  end_updated_at: 1772330400,
  order_sn: '260301-71',
  page: 1,
}

test('a call is signed over every parameter in the order of their names', () => {
  expect(signatureOf(PARAMS, 'blue-kettle')).toBe('B65911582E0AB098D32E4EB69D62ADCF')
})

test('the sign itself is not signed, whatever order the parameters come in', () => {
  const reversed = Object.fromEntries(Object.entries(PARAMS).reverse())
  expect(signatureOf({ ...reversed, sign: 'OLD' }, 'blue-kettle')).toBe('B65911582E0AB098D32E4EB69D62ADCF')
})

test('truth values are signed in lower case', () => {
  expect(signatureOf({ a: true }, 's')).toBe(signatureOf({ a: 'true' }, 's'))
})

test('the connection is opened with the base64 of the hex text', () => {
  expect(connectionDigest('c71', 1772330500000, 'blue-kettle')).toBe('NjM2MTVmYWZjZjBjODg2YWFkMzA3ODNiMmU5OTI4MDI=')
})
