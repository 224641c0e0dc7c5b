/** What happened to a caller's things, as webhooks tell it too. */
@NullMarked
package io.fincore.api.events;

import org.jspecify.annotations.NullMarked;
