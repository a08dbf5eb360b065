"""The pages of the editor: what each template gets."""
