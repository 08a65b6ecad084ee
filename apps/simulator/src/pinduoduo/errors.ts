/** An error as Pinduoduo answers it, always on HTTP 200. */
export class PinduoduoError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly subCode: string | null = null,
    readonly subMessage = '',
  ) {
    super(message)
  }
}

export const missing = (name: string): PinduoduoError => new PinduoduoError(20007, `缺少必要参数:${name}`)
export const badCommon = (name: string): PinduoduoError => new PinduoduoError(10001, `公共参数错误:${name}`)
export const badBusiness = (text: string): PinduoduoError => new PinduoduoError(21001, `业务参数错误:${text}`)
export const notFound = (): PinduoduoError =>
  new PinduoduoError(50001, '业务服务错误', 'isv.refund-service-error:3000000', '售后单不存在')

export function errorEnvelope(error: PinduoduoError, requestId: string): string {
  return JSON.stringify({
    error_response: {
      error_msg: error.message,
      sub_msg: error.subMessage,
      sub_code: error.subCode,
      error_code: error.code,
      request_id: requestId,
    },
  })
}
