"""What somebody uploads is bounded before it is kept anywhere: a form that is too large is let run out, unread."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

LARGEST_FILE = 25 * 1024**2
REST_OF_A_FORM = 1024**2  # what a form may hold beside its file
TOO_LARGE = f"The file is larger than {LARGEST_FILE // 1024**2} MB. Make it smaller, and choose it again"


class Bounded(FileUploadHandler):
    """
    Stands before the handlers that keep files, and lets no file of a form through that is too large as a whole.

    What it holds back takes neither memory nor disk, and the form is answered with a sentence: see ``was_too_large``.
    """

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803 - Django's name
        self.request.upload_was_too_large = content_length > LARGEST_FILE + REST_OF_A_FORM

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        if self.request.upload_was_too_large:
            raise SkipFile

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None


def was_too_large(request):
    """Whether a file of the posted form was held back for its size."""
    return getattr(request, "upload_was_too_large", False)
