/** Topics; keys, partitions and encoding of records; dead letters. */
@NullMarked
package io.taskweaver.wire;

import org.jspecify.annotations.NullMarked;
