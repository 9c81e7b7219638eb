@NullMarked
package io.taskweaver.wire.connection;

import org.jspecify.annotations.NullMarked;
