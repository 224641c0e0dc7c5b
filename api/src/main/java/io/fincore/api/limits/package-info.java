/** What is refused before anything is done, so that one client does not take from the others what they need. */
@NullMarked
package io.fincore.api.limits;

import org.jspecify.annotations.NullMarked;
