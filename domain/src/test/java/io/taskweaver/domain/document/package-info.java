@NullMarked
package io.taskweaver.domain.document;

import org.jspecify.annotations.NullMarked;
