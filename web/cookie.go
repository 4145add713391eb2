package web

import (
	"net/http"

	"leerkring/account"
)

// Set keeps the sign-in of a browser. A shared computer forgets it when it closes.
func (s *Server) Set(w http.ResponseWriter, in account.Entered) {
	c := &http.Cookie{Name: s.cookieName(), Value: in.Secret, Path: "/", HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode}
	if in.SignIn.Device == account.Own {
		c.Expires = in.SignIn.EndsAt
	}
	http.SetCookie(w, c)
}

// Clear takes the sign-in away from a browser.
func (s *Server) Clear(w http.ResponseWriter) {
	http.SetCookie(w, &http.Cookie{Name: s.cookieName(), Path: "/", HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode, MaxAge: -1})
}
