@NullMarked
package io.fincore.api.inbound;

import org.jspecify.annotations.NullMarked;
