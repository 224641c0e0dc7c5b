/** What every request gets: ids, limits, checked parameters. */
@NullMarked
package io.fincore.api.request;

import org.jspecify.annotations.NullMarked;
