package account_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
	"github.com/go-webauthn/webauthn/protocol/webauthncose"
)

// authenticator is a telephone in software. A test bends one of its fields to attack.
type authenticator struct {
	t       *testing.T
	key     *ecdsa.PrivateKey
	id      []byte
	handle  []byte // whose it is, as told at registration
	origin  string
	rpID    string
	counter uint32
	unseen  bool // no finger, face or PIN
	asked   string
}

func newAuthenticator(t *testing.T) *authenticator {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	id := make([]byte, 32)
	_, err = rand.Read(id)
	must(t, err)
	return &authenticator{t: t, key: key, id: id, origin: base, rpID: "leerkring.hetbaken.nl"}
}

var b64 = base64.RawURLEncoding

// create answers navigator.credentials.create.
func (a *authenticator) create(options []byte) []byte {
	a.t.Helper()
	var o struct {
		PublicKey struct {
			Challenge string
			RP        struct{ ID string }
			User      struct{ ID string }
			Selection struct{ ResidentKey, UserVerification string } `json:"authenticatorSelection"`
			Exclude   []struct{ ID string }                          `json:"excludeCredentials"`
		}
	}
	must(a.t, json.Unmarshal(options, &o))
	if s := o.PublicKey.Selection; s.ResidentKey != "required" || s.UserVerification != "required" || o.PublicKey.RP.ID != "leerkring.hetbaken.nl" {
		a.t.Fatalf("options %s", options)
	}
	handle, err := b64.DecodeString(o.PublicKey.User.ID)
	must(a.t, err)
	a.handle = handle
	public, err := a.key.PublicKey.ECDH()
	must(a.t, err)
	point := public.Bytes()
	cose, err := webauthncbor.Marshal(webauthncose.EC2PublicKeyData{
		PublicKeyData: webauthncose.PublicKeyData{KeyType: int64(webauthncose.EllipticKey), Algorithm: int64(webauthncose.AlgES256)},
		Curve:         int64(webauthncose.P256), XCoord: point[1:33], YCoord: point[33:],
	})
	must(a.t, err)
	data := a.authData(0x40)
	data = append(data, make([]byte, 16)...) // no model is told
	data = binary.BigEndian.AppendUint16(data, uint16(len(a.id)))
	data = append(append(data, a.id...), cose...)
	object, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})
	must(a.t, err)
	return a.answer(map[string]any{"clientDataJSON": b64.EncodeToString(a.clientData("webauthn.create", o.PublicKey.Challenge)), "attestationObject": b64.EncodeToString(object)})
}

// get answers navigator.credentials.get.
func (a *authenticator) get(options []byte) []byte {
	a.t.Helper()
	var o struct {
		PublicKey struct {
			Challenge        string
			UserVerification string
		}
	}
	must(a.t, json.Unmarshal(options, &o))
	if o.PublicKey.UserVerification != "required" {
		a.t.Fatalf("options %s", options)
	}
	a.counter++
	client := a.clientData("webauthn.get", o.PublicKey.Challenge)
	data := a.authData(0)
	hash := sha256.Sum256(client)
	digest := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, digest[:])
	must(a.t, err)
	return a.answer(map[string]any{"clientDataJSON": b64.EncodeToString(client), "authenticatorData": b64.EncodeToString(data), "signature": b64.EncodeToString(signature), "userHandle": b64.EncodeToString(a.handle)})
}

// answerTo makes a new key for the question of another ceremony.
func (a *authenticator) answerTo(options []byte) []byte {
	a.t.Helper()
	var o struct{ PublicKey struct{ Challenge string } }
	must(a.t, json.Unmarshal(options, &o))
	a.asked = o.PublicKey.Challenge
	return a.create([]byte(`{"publicKey":{"rp":{"id":"leerkring.hetbaken.nl"},"authenticatorSelection":{"residentKey":"required","userVerification":"required"}}}`))
}

func (a *authenticator) clientData(kind, challenge string) []byte {
	if a.asked != "" {
		challenge = a.asked
	}
	raw, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": a.origin, "crossOrigin": false})
	must(a.t, err)
	return raw
}

func (a *authenticator) authData(flags byte) []byte {
	flags |= 0x01 | 0x04
	if a.unseen {
		flags &^= 0x04
	}
	hash := sha256.Sum256([]byte(a.rpID))
	return binary.BigEndian.AppendUint32(append(hash[:], flags), a.counter)
}

func (a *authenticator) answer(response map[string]any) []byte {
	id := b64.EncodeToString(a.id)
	raw, err := json.Marshal(map[string]any{"id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": map[string]any{}})
	must(a.t, err)
	return raw
}
