"""Scrutiny, risks, dataset, audits and disputes: what the partnership is sure of, and how."""
