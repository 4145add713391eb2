package mail

// Describe tells which server it is, and whether it must speak TLS.
func (s *SMTP) Describe() string { return s.client.ServerAddr() + " " + s.client.TLSPolicy() }
