package main

import (
	"encoding/json"

	cancel_request "doudian.com/open/sdk_golang/api/afterSale_CancelSendGoodsSuccess/request"
	cancel_response "doudian.com/open/sdk_golang/api/afterSale_CancelSendGoodsSuccess/response"
	channel_request "doudian.com/open/sdk_golang/api/afterSale_OpenAfterSaleChannel/request"
	channel_response "doudian.com/open/sdk_golang/api/afterSale_OpenAfterSaleChannel/response"
	remark_request "doudian.com/open/sdk_golang/api/afterSale_addOrderRemark/request"
	remark_response "doudian.com/open/sdk_golang/api/afterSale_addOrderRemark/response"
	intercept_request "doudian.com/open/sdk_golang/api/afterSale_applyLogisticsIntercept/request"
	intercept_response "doudian.com/open/sdk_golang/api/afterSale_applyLogisticsIntercept/response"
	logistics_request "doudian.com/open/sdk_golang/api/afterSale_fillLogistics/request"
	logistics_response "doudian.com/open/sdk_golang/api/afterSale_fillLogistics/response"
	late_request "doudian.com/open/sdk_golang/api/afterSale_openOutAfterSale/request"
	late_response "doudian.com/open/sdk_golang/api/afterSale_openOutAfterSale/response"
	operate_request "doudian.com/open/sdk_golang/api/afterSale_operate/request"
	operate_response "doudian.com/open/sdk_golang/api/afterSale_operate/response"
	warehouse_request "doudian.com/open/sdk_golang/api/afterSale_returnGoodsToWareHouseSuccess/request"
	warehouse_response "doudian.com/open/sdk_golang/api/afterSale_returnGoodsToWareHouseSuccess/response"
	evidence_request "doudian.com/open/sdk_golang/api/afterSale_submitEvidence/request"
	evidence_response "doudian.com/open/sdk_golang/api/afterSale_submitEvidence/response"
	extend_request "doudian.com/open/sdk_golang/api/afterSale_timeExtend/request"
	extend_response "doudian.com/open/sdk_golang/api/afterSale_timeExtend/response"
	ship_request "doudian.com/open/sdk_golang/api/order_logisticsAdd/request"
	ship_response "doudian.com/open/sdk_golang/api/order_logisticsAdd/response"
	doudian_sdk "doudian.com/open/sdk_golang/core"
)

// Every action that the SDK has for after-sale: its request, its parameters to be filled, its response.
func act(action Action) {
	var request doudian_sdk.DoudianOpApiRequest
	var param, response interface{}
	switch action.Api {
	case "operate":
		r := operate_request.New()
		request, param, response = r, r.Param, &operate_response.AfterSaleOperateResponse{}
	case "submitEvidence":
		r := evidence_request.New()
		request, param, response = r, r.Param, &evidence_response.AfterSaleSubmitEvidenceResponse{}
	case "timeExtend":
		r := extend_request.New()
		request, param, response = r, r.Param, &extend_response.AfterSaleTimeExtendResponse{}
	case "fillLogistics":
		r := logistics_request.New()
		request, param, response = r, r.Param, &logistics_response.AfterSaleFillLogisticsResponse{}
	case "returnGoodsToWareHouseSuccess":
		r := warehouse_request.New()
		request, param, response = r, r.Param, &warehouse_response.AfterSaleReturnGoodsToWareHouseSuccessResponse{}
	case "CancelSendGoodsSuccess":
		r := cancel_request.New()
		request, param, response = r, r.Param, &cancel_response.AfterSaleCancelSendGoodsSuccessResponse{}
	case "applyLogisticsIntercept":
		r := intercept_request.New()
		request, param, response = r, r.Param, &intercept_response.AfterSaleApplyLogisticsInterceptResponse{}
	case "addOrderRemark":
		r := remark_request.New()
		request, param, response = r, r.Param, &remark_response.AfterSaleAddOrderRemarkResponse{}
	case "OpenAfterSaleChannel":
		r := channel_request.New()
		request, param, response = r, r.Param, &channel_response.AfterSaleOpenAfterSaleChannelResponse{}
	case "openOutAfterSale":
		r := late_request.New()
		request, param, response = r, r.Param, &late_response.AfterSaleOpenOutAfterSaleResponse{}
	case "logisticsAdd":
		r := ship_request.New()
		request, param, response = r, r.Param, &ship_response.OrderLogisticsAddResponse{}
	default:
		say("call", action.Name, "the plan asks for an API that is not known here")
		return
	}
	if err := json.Unmarshal(action.Param, param); err != nil {
		say("call", action.Name, "the parameters do not fit the SDK's struct: "+err.Error())
		return
	}
	ask(action.Name, request, response, action.Expect)
}
