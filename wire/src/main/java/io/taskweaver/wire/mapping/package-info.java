/** Maps between the model's records and Avro's, by field names. */
@NullMarked
package io.taskweaver.wire.mapping;

import org.jspecify.annotations.NullMarked;
