package io.fincore.api.sagas;

/** A second person's consent. There is nothing to say but yes. */
record ApprovalRequest() {}
