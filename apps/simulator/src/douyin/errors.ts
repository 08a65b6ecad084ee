/** An error as Douyin answers it, always on HTTP 200. */
export class DouyinError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly subCode: string,
    readonly subMessage = message,
  ) {
    super(message)
  }
}

/** A required parameter is not there. */
export const missingParam = (name: string): DouyinError =>
  new DouyinError(40002, '缺少必选参数', 'isv.parameter-missing', `缺少参数 ${name}`)
/** A parameter has a value that the API does not accept. */
export const invalidParam = (name: string, sub = 'isv.parameter-invalid:10001'): DouyinError =>
  new DouyinError(40004, '参数校验失败', sub, `参数不合法 ${name}`)
/** No case of this number in the shop of the token. */
export const noSuchCase = (): DouyinError =>
  new DouyinError(20000, '平台服务异常', 'isp.service-error:10000', '售后单不存在')
/** The call is well-formed and the platform's rules do not allow it. */
export const operationFailed = (sub: number, text: string): DouyinError =>
  new DouyinError(50002, '业务处理失败', `isv.business-failed:${sub}`, text)
/** The case has moved on since it was read: read again, do not repeat. */
export const staleStatus = (): DouyinError => operationFailed(20309541, '售后单状态不正确，请刷新后重试')
