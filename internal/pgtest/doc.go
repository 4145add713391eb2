// Package pgtest gives tests a real PostgreSQL that lives as long as one test run.
//
// Words: a cluster is a server of its own in a temporary directory, with its own
// port, made by [Start] and gone after Stop; a template is a database prepared
// once per cluster (migrated, say) from which fresh databases are copied.
//
// Promises: no test is skipped because PostgreSQL is missing, it fails with one
// line that says what to do; nothing of a cluster stays behind after Stop; two
// test processes may ask for the same template at the same time.
//
// The test command of the README starts the cluster and hands its address to
// every test process in [Env].
package pgtest
