/** The delivery of events to clients' endpoints: one workflow per endpoint that has something to wait for. */
@NullMarked
package io.fincore.workflows.webhook;

import org.jspecify.annotations.NullMarked;
