"""Areas, and the accounts with which people sign in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower

from mktogether.lib.constraints import filled


class Area(models.Model):
    """A local authority area with its own partnerships; every other row belongs to one."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=50, unique=True)
    code = models.CharField(
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9]*\Z", "Enter capital letters and figures, such as MK.")],
        help_text="Stands at the front of references, such as MK in MK-2026-C-007.",
    )
    sample_notice = models.CharField(
        max_length=200, blank=True, help_text="Shown on every page and document of an area whose data is a sample."
    )

    class Meta:
        constraints = [filled("name", name="area_has_a_name"), filled("code", name="area_has_a_code")]

    def __str__(self):
        return self.name


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        """An account that signs in with ``email``, kept in lower case so that one address is one account."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """An account. What its holder may do follows from the places of the person behind it, never from the account."""

    email = models.EmailField("e-mail address", unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_for_an_address")]

    def __str__(self):
        return self.email
