/** Between the model's records and Avro's, by the names of their fields. */
@NullMarked
package io.taskweaver.wire.mapping;

import org.jspecify.annotations.NullMarked;
