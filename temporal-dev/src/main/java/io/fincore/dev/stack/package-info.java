/** The platform's processes on one machine: started, watched, killed, paused and stopped by the launcher and by fault tests. */
@NullMarked
package io.fincore.dev.stack;

import org.jspecify.annotations.NullMarked;
