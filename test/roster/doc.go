// Package roster brings people in with the files that schools have, and with files that mean
// harm: on both databases, through the same services as the page and the command.
package roster
