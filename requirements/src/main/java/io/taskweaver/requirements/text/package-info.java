/** Words of texts, as everything that reads or compares texts takes them. */
@NullMarked
package io.taskweaver.requirements.text;

import org.jspecify.annotations.NullMarked;
