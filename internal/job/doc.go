// Package job does later what an act asks for now.
//
// A job is a row, written in the transaction of the act: when the act is kept,
// so is the job, and a crash loses neither. Its key says what has to happen;
// the same key is accepted once. Its payload holds ids, never text. A runner
// leases due jobs, calls the handler of their kind and tries again later when
// that fails. Several runners, on one machine or many, share the work.
//
// A handler may run twice: after a crash, or when its lease ran out. A handler
// that calls Done in the transaction of its own act has its effect exactly
// once: whoever lost the lease cannot commit.
package job
