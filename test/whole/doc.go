// Package whole starts the program as users do, from outside: a child process on a free
// port, a browser without a screen, and nothing but what pages and commands offer.
package whole
