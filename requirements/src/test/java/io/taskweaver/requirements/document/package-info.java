@NullMarked
package io.taskweaver.requirements.document;

import org.jspecify.annotations.NullMarked;
