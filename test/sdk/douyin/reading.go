package main

import (
	"fmt"

	address_list_request "doudian.com/open/sdk_golang/api/address_list/request"
	address_list_response "doudian.com/open/sdk_golang/api/address_list/response"
	afterSale_Detail_request "doudian.com/open/sdk_golang/api/afterSale_Detail/request"
	afterSale_Detail_response "doudian.com/open/sdk_golang/api/afterSale_Detail/response"
	afterSale_List_request "doudian.com/open/sdk_golang/api/afterSale_List/request"
	afterSale_List_response "doudian.com/open/sdk_golang/api/afterSale_List/response"
	afterSale_rejectReasonCodeList_request "doudian.com/open/sdk_golang/api/afterSale_rejectReasonCodeList/request"
	afterSale_rejectReasonCodeList_response "doudian.com/open/sdk_golang/api/afterSale_rejectReasonCodeList/response"
	token_create_request "doudian.com/open/sdk_golang/api/token_create/request"
	token_create_response "doudian.com/open/sdk_golang/api/token_create/response"
	token_refresh_request "doudian.com/open/sdk_golang/api/token_refresh/request"
	token_refresh_response "doudian.com/open/sdk_golang/api/token_refresh/response"
	doudian_sdk "doudian.com/open/sdk_golang/core"
)

func tokens(plan Plan) {
	keep := func(name string, built *doudian_sdk.AccessToken, err error) {
		if err != nil {
			say("call", name, err.Error())
			return
		}
		say("call", name, "")
		same(name+" access_token", built.AccessToken, plan.AccessToken)
		same(name+" refresh_token", built.RefreshToken, plan.RefreshToken)
		same(name+" lives for days", built.ExpiresIn > 86400, true)
		token = built
	}
	shop := number(plan.ShopId)
	built, err := doudian_sdk.BuildAccessToken(&doudian_sdk.BuildAccessTokenParam{ShopId: &shop})
	keep("token.create by shop", built, err)
	built, err = doudian_sdk.BuildAccessToken(&doudian_sdk.BuildAccessTokenParam{Code: plan.Code})
	keep("token.create by code", built, err)
	built, err = doudian_sdk.RefreshAccessToken(&doudian_sdk.RefreshAccessTokenParam{RefreshToken: plan.RefreshToken})
	keep("token.refresh", built, err)
	created, refreshed := token_create_response.TokenCreateResponse{}, token_refresh_response.TokenRefreshResponse{}
	create, refresh := token_create_request.New(), token_refresh_request.New()
	create.Param.GrantType, create.Param.Code = text("authorization_code"), plan.Code
	if ask("token.create as an API", create, &created, "ok") {
		same("token.create as an API shop_id", created.Data.ShopId, plan.ShopId)
	}
	refresh.Param.GrantType, refresh.Param.RefreshToken = text("refresh_token"), text(plan.RefreshToken)
	if ask("token.refresh as an API", refresh, &refreshed, "ok") {
		same("token.refresh as an API access_token", refreshed.Data.AccessToken, plan.AccessToken)
	}
}

func lists(plan Plan) {
	rows := map[string]afterSale_List_response.ItemsItem{}
	for page := int64(0); ; page++ {
		request, response := afterSale_List_request.New(), afterSale_List_response.AfterSaleListResponse{}
		request.Param.Page, request.Param.Size = whole(page), whole(50)
		request.Param.OrderBy, request.Param.UpdateStartTime = []string{"update_time asc"}, plan.From
		if !ask(fmt.Sprintf("afterSale.List page %d", page), request, &response, "ok") {
			return
		}
		for _, item := range response.Data.Items {
			rows[item.AftersaleInfo.AftersaleId] = item
		}
		if !response.Data.HasMore {
			same("afterSale.List total", response.Data.Total, len(plan.Cases))
			break
		}
	}
	for _, known := range plan.Cases {
		row, found := rows[known.Id]
		if !found {
			say("value", "row "+known.Id, "is not in the list")
			continue
		}
		info, line := row.AftersaleInfo, row.OrderInfo.RelatedOrderInfo[0]
		for _, one := range row.OrderInfo.RelatedOrderInfo {
			if one.SkuOrderId == known.Line {
				line = one
			}
		}
		got := []interface{}{info.AftersaleStatus, info.AftersaleType, info.AftersaleSubType, info.RefundAmount, line.AftersaleItemNum, line.ItemNum,
			info.UpdateTime, info.StatusDeadline, info.RiskDecisionCode, info.AftersaleRefundType, info.GotPkg, row.OrderInfo.ShopOrderId, row.OrderInfo.OrderFlag}
		same("row "+known.Id, got, []interface{}{known.Status, known.Type, known.SubType, known.Asked, known.Claimed, known.Bought,
			known.Updated, known.Deadline, known.Risk, known.Channel, known.GotPkg, known.Order, known.Flag})
	}
	for _, filter := range plan.Filters {
		request, response := afterSale_List_request.New(), afterSale_List_response.AfterSaleListResponse{}
		*request.Param = filter.Param
		request.Param.Page, request.Param.Size = whole(0), whole(100)
		if ask("afterSale.List by "+filter.Name, request, &response, "ok") {
			same("afterSale.List by "+filter.Name+" total", response.Data.Total, filter.Count)
		}
	}
}

func details(plan Plan) {
	for _, known := range plan.Cases {
		request, response := afterSale_Detail_request.New(), afterSale_Detail_response.AfterSaleDetailResponse{}
		request.Param.AfterSaleId, request.Param.NeedOperationRecord = text(known.Id), true
		if !ask("afterSale.Detail "+known.Id, request, &response, "ok") {
			continue
		}
		info := response.Data.ProcessInfo.AfterSaleInfo
		line := response.Data.OrderInfo.SkuOrderInfos[0]
		for _, one := range response.Data.OrderInfo.SkuOrderInfos {
			if one.SkuOrderId == number(known.Line) {
				line = one
			}
		}
		got := []interface{}{info.AfterSaleId, info.AfterSaleStatus, info.AfterSaleType, info.AfterSaleSubType, info.RefundTotalAmount, info.RealRefundAmount,
			line.AfterSaleItemCount, line.ItemQuantity, info.UpdateTime, info.StatusDeadline, info.RiskDecsisonCode, info.GotPkg, response.Data.OrderInfo.ShopOrderId}
		same("detail "+known.Id, got, []interface{}{known.Id, known.Status, known.Type, known.SubType, known.Asked, known.Refunded,
			known.Claimed, known.Bought, known.Updated, known.Deadline, known.Risk, known.GotPkg, known.Order})
	}
	reasons, answer := afterSale_rejectReasonCodeList_request.New(), afterSale_rejectReasonCodeList_response.AfterSaleRejectReasonCodeListResponse{}
	if ask("afterSale.rejectReasonCodeList", reasons, &answer, "ok") {
		same("afterSale.rejectReasonCodeList reasons", len(answer.Data.Items) > 0, true)
	}
	addresses, book := address_list_request.New(), address_list_response.AddressListResponse{}
	addresses.Param.PageNo, addresses.Param.PageSize = whole(1), whole(10)
	if ask("address.list", addresses, &book, "ok") {
		same("address.list address_id", book.Data.AddressList[0].AddressId, plan.AddressId)
	}
}
