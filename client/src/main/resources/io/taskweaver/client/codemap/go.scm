; What a Go file declares and uses.
(package_clause (package_identifier) @package)
(import_spec path: (interpreted_string_literal (interpreted_string_literal_content) @import))
(type_spec name: (type_identifier) @name type: (interface_type) @body) @interface
(type_spec name: (type_identifier) @name type: (struct_type (field_declaration_list) @body)) @type
(type_spec name: (type_identifier) @name type: [(type_identifier) (qualified_type) (pointer_type) (array_type) (slice_type) (map_type) (channel_type) (function_type) (generic_type)]) @type
(type_alias name: (type_identifier) @name) @type
(function_declaration name: (identifier) @name body: (_)? @body) @operation
(method_declaration receiver: (parameter_list (parameter_declaration type: (_) @receiver)) name: (field_identifier) @name body: (_)? @body) @operation
(method_elem name: (field_identifier) @name) @operation
(const_spec name: (identifier) @name value: (expression_list . [(int_literal) (float_literal) (interpreted_string_literal)] @value)) @constant
(call_expression function: (selector_expression field: (field_identifier) @verb) arguments: (argument_list . (interpreted_string_literal (interpreted_string_literal_content) @route) . (_)))
(type_identifier) @mention
