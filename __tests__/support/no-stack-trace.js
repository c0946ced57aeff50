// Stands in for cdktf's stack trace of every token, which under jest costs more than the synth itself.
exports.captureStackTrace = () => [];
