package serve

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// Plain refuses with the status in words, for a door without pages of its own.
func Plain(w http.ResponseWriter, _ *http.Request, status int) {
	body := strconv.Itoa(status) + " " + http.StatusText(status) + "\n"
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body)) // the reader went away: nobody is left to tell
}

// Problem refuses as RFC 9457 asks of an API.
func Problem(w http.ResponseWriter, _ *http.Request, status int) {
	body, err := json.Marshal(struct {
		Type   string `json:"type"`
		Title  string `json:"title"`
		Status int    `json:"status"`
	}{"about:blank", http.StatusText(status), status})
	if err != nil {
		panic("serve: a problem cannot be written: " + err.Error())
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
