"""What holds for every request of somebody who has emergency access."""

from partnerships.granting import emergencies
from partnerships.standing import standing_of


def emergency_reads(get_response):
    """While emergency access is open, every page that is answered is written to history before it is handed over."""

    def middleware(request):
        response = get_response(request)
        reading = request.method == "GET" and response.status_code == 200
        if reading and request.user.is_authenticated and standing_of(request.user).emergencies:
            emergencies.note_read(request)
        return response

    return middleware
