package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"strings"
	"sync"
	"time"

	doudian_message "doudian.com/open/sdk_golang/message"
)

// The app's push address: what comes is taken apart by the SDK's message package.
type Pushes struct {
	sync.Mutex
	last time.Time
}

func listen(plan Plan) *Pushes {
	doudian_message.GlobalConfig.AppKey = plan.AppKey
	doudian_message.GlobalConfig.AppSecret = plan.AppSecret
	pushes := &Pushes{last: time.Now()}
	server := http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		messages, err := doudian_message.GetMessage(request)
		pushes.Lock()
		defer pushes.Unlock()
		pushes.last = time.Now()
		if err != nil {
			say("push", "a delivery", err.Error())
		}
		for _, one := range messages {
			// The probe that goes before has tag 0, which the SDK does not know.
			if one.Error != nil && !strings.Contains(one.Error.Error(), `"tag":"0"`) {
				say("push", "a message", one.Error.Error())
			} else if one.Error == nil {
				id := reflect.ValueOf(one.Message.DataStruct).FieldByName("AftersaleId").Int()
				say("push", fmt.Sprintf("tag %s of %d", one.Message.Tag, id), map[bool]string{true: "", false: "no aftersale_id"}[id > 1<<53])
			}
		}
		json.NewEncoder(writer).Encode(doudian_message.SuccessResponse)
	})
	go http.ListenAndServe(os.Args[3], server)
	fmt.Fprintln(os.Stderr, "listening")
	bufio.NewReader(os.Stdin).ReadString('\n')
	return pushes
}

// Waits until no message has come for a while.
func (pushes *Pushes) settle() {
	for {
		pushes.Lock()
		quiet := time.Since(pushes.last)
		pushes.Unlock()
		if quiet > 1500*time.Millisecond {
			return
		}
		time.Sleep(200 * time.Millisecond)
	}
}
