/** Records the workflow histories that the replay test replays. */
@NullMarked
package io.fincore.dev.histories;

import org.jspecify.annotations.NullMarked;
