import { signHeaders } from './sign-v4'

/** The examples of "Signature Calculations for the Authorization Header" in the Amazon S3 API reference. */
const credentials = {
  accessKey: 'AKIAIOSFODNN7EXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
}
const signedAt = Date.parse('2013-05-24T00:00:00Z')
const host = 'https://examplebucket.s3.amazonaws.com'
const emptyBody = Buffer.alloc(0)

describe('a signed request', () => {
  it.each([
    [
      'reading a part of an object',
      { method: 'GET', url: new URL(`${host}/test.txt`), body: emptyBody, headers: { range: 'bytes=0-9' } },
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'writing an object',
      {
        method: 'PUT',
        url: new URL(`${host}/test%24file.text`),
        body: Buffer.from('Welcome to Amazon S3.'),
        headers: { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
      },
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ],
    [
      'asking for a setting of the bucket',
      { method: 'GET', url: new URL(`${host}/?lifecycle=`), body: emptyBody },
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    ],
    [
      'listing a bucket',
      { method: 'GET', url: new URL(`${host}/?max-keys=2&prefix=J`), body: emptyBody },
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ],
  ] as const)('%s', async (_what, request, signature) => {
    expect((await signHeaders(request, credentials, signedAt))['authorization']).toContain(` Signature=${signature}`)
  })

  it('contains what was signed and by whom, and never the secret', async () => {
    const headers = await signHeaders(
      { method: 'GET', url: new URL(`${host}/a`), body: emptyBody },
      credentials,
      signedAt,
    )
    expect(headers['authorization']).toContain(
      'Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date,',
    )
    expect(JSON.stringify(headers)).not.toContain(credentials.secretKey)
  })
})
