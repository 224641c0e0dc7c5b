@NullMarked
package io.fincore.api.wallets;

import org.jspecify.annotations.NullMarked;
