/** Clients' webhooks: their endpoints, what was delivered there, and what shall be delivered again. */
@NullMarked
package io.fincore.api.webhooks;

import org.jspecify.annotations.NullMarked;
