/** What the API is configured with; checked at start, all mistakes at once. */
@NullMarked
package io.fincore.api.settings;

import org.jspecify.annotations.NullMarked;
