"""What holds for every request of somebody who has emergency access."""

from partnerships.granting import emergencies
from partnerships.standing import standing_of

SHOWN = {200, 422}  # a form with its mistakes shows what it is about as the page before did


def emergency_reads(get_response):
    """While emergency access is open, every page that is answered is written to history before it is handed over."""

    def middleware(request):
        response = get_response(request)
        reading = request.method in {"GET", "POST"} and response.status_code in SHOWN
        if reading and request.user.is_authenticated and standing_of(request.user).emergencies:
            emergencies.note_read(request)
        return response

    return middleware
