@NullMarked
package io.fincore.api.database;

import org.jspecify.annotations.NullMarked;
