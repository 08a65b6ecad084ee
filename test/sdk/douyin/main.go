// Calls the simulator through the official Go SDK of the Douyin store, which is imported unchanged, and says what came
// back. Reads its plan from the file named by the first argument, writes one JSON line a check into the second.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strconv"
	"strings"

	afterSale_List_request "doudian.com/open/sdk_golang/api/afterSale_List/request"
	doudian_sdk "doudian.com/open/sdk_golang/core"
)

// What the simulator knows, and what is to be done.
type Plan struct {
	Url, AppKey, AppSecret, ShopId, Code, AccessToken, RefreshToken, AddressId string
	From                                                                       int64
	Cases                                                                      []Known
	Filters                                                                    []Filter
	Actions                                                                    []Action
}

// One case as the world has it: ids in texts, money in fen, times in seconds.
type Known struct {
	Id, Order, Line                                                            string
	Status, Type, SubType, Asked, Refunded, Claimed, Bought, Updated, Deadline int64
	FinalAt, Bits, Flag, Risk, Channel, GotPkg                                 int64
}

type Filter struct {
	Name  string
	Param afterSale_List_request.AfterSaleListParam
	Count int64
}

type Action struct {
	Name   string
	Api    string
	Param  json.RawMessage
	Expect string
}

var out *os.File
var token *doudian_sdk.AccessToken

func say(kind string, name string, problem string) {
	line, _ := json.Marshal(map[string]string{"kind": kind, "name": name, "problem": problem})
	fmt.Fprintln(out, string(line))
}

// One call through the SDK's own client. What the SDK itself drops is looked at: an answer that does not fit its struct.
func ask(name string, request doudian_sdk.DoudianOpApiRequest, response interface{}, expect string) bool {
	raw, err := doudian_sdk.DefaultDoudianOpApiClient.Request(request, token)
	if err != nil {
		say("call", name, err.Error())
		return false
	}
	if err := json.Unmarshal([]byte(raw), response); err != nil {
		say("call", name, "does not fit the SDK's struct: "+err.Error())
		return false
	}
	base := reflect.ValueOf(response).Elem().FieldByName("BaseDoudianOpApiResponse").Interface().(doudian_sdk.BaseDoudianOpApiResponse)
	got := base.SubCode
	if base.Code == 10000 {
		got = "ok"
	}
	if got != expect {
		say("call", name, fmt.Sprintf("expected %s, got %s (%d %s)", expect, got, base.Code, base.SubMsg))
		return false
	}
	if lacking := absent(json.RawMessage(raw), reflect.TypeOf(response), ""); expect == "ok" && len(lacking) > 0 {
		say("call", name, "fields of the SDK's struct that are not in the answer: "+strings.Join(lacking, ", "))
		return false
	}
	say("call", name, "")
	return base.Code == 10000
}

// Names of fields that a struct has and a JSON text has not, however deep; null and empty lists hold nothing to compare.
func absent(raw json.RawMessage, t reflect.Type, path string) []string {
	for t.Kind() == reflect.Ptr {
		t = t.Elem()
	}
	if t.Kind() == reflect.Slice {
		var items []json.RawMessage
		if json.Unmarshal(raw, &items) != nil || len(items) == 0 {
			return nil
		}
		return absent(items[0], t.Elem(), path+"[]")
	}
	if t.Kind() != reflect.Struct || string(raw) == "null" {
		return nil
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return nil
	}
	var lacking []string
	for i := 0; i < t.NumField(); i++ {
		field := t.Field(i)
		if field.Anonymous {
			lacking = append(lacking, absent(raw, field.Type, path)...)
			continue
		}
		name := strings.Split(field.Tag.Get("json"), ",")[0]
		value, found := fields[name]
		if name == "" || name == "-" {
			continue
		}
		if !found {
			lacking = append(lacking, path+"."+name)
		} else {
			lacking = append(lacking, absent(value, field.Type, path+"."+name)...)
		}
	}
	return lacking
}

// One value that was parsed, beside what the world has.
func same(name string, got interface{}, expected interface{}) {
	if fmt.Sprint(got) == fmt.Sprint(expected) {
		say("value", name, "")
	} else {
		say("value", name, fmt.Sprintf("expected %v, got %v", expected, got))
	}
}

func text(value string) *string { return &value }
func whole(value int64) *int64  { return &value }
func number(value string) int64 {
	parsed, _ := strconv.ParseInt(value, 10, 64)
	return parsed
}

func main() {
	plan := Plan{}
	bytes, err := os.ReadFile(os.Args[1])
	if err == nil {
		err = json.Unmarshal(bytes, &plan)
	}
	if err == nil {
		out, err = os.Create(os.Args[2])
	}
	if err != nil {
		panic(err)
	}
	doudian_sdk.GlobalConfig.AppKey = plan.AppKey
	doudian_sdk.GlobalConfig.AppSecret = plan.AppSecret
	doudian_sdk.GlobalConfig.OpenRequestUrl = plan.Url
	pushes := listen(plan)
	tokens(plan)
	lists(plan)
	details(plan)
	for _, action := range plan.Actions {
		act(action)
	}
	pushes.settle()
}
