// Package enter proves that a school can come in with the plan that it already has.
package enter
