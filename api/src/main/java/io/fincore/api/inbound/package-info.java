/** Callbacks of providers: persisted, acknowledged, then handed to the workflows. */
@NullMarked
package io.fincore.api.inbound;

import org.jspecify.annotations.NullMarked;
