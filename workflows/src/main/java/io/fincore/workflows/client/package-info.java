/** How api and worker talk to Temporal: the same payloads, traces and correlation on both sides. */
@NullMarked
package io.fincore.workflows.client;

import org.jspecify.annotations.NullMarked;
