/** Shows people what Temporal keeps encrypted: Temporal's codec server, for its Web UI and its command line. */
@NullMarked
package io.fincore.api.codec;

import org.jspecify.annotations.NullMarked;
