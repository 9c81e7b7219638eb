; What a Python file declares and uses.
(import_statement name: (dotted_name) @import)
(import_statement name: (aliased_import name: (dotted_name) @import))
(import_from_statement module_name: (_) @module name: (dotted_name) @member)
(import_from_statement module_name: (_) @module name: (aliased_import name: (dotted_name) @member))
(import_from_statement module_name: (_) @import (wildcard_import))
(module (expression_statement (assignment left: (identifier) @holder right: [(list (string (string_content) @listed)) (tuple (string (string_content) @listed))])))
(class_definition name: (identifier) @name body: (_)? @body) @type
(function_definition name: (identifier) @name body: (_)? @body) @operation
(assignment left: (identifier) @name right: [(integer) (float) (string)] @value) @constant
(decorator (call function: [(attribute attribute: (identifier) @annotation) (identifier) @annotation] arguments: (argument_list . (string (string_content) @route))))
