/** Lists with cursors, newest first. */
@NullMarked
package io.fincore.api.lists;

import org.jspecify.annotations.NullMarked;
