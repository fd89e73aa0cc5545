/* SPDX-FileCopyrightText: 2026 The Samenspel contributors
   SPDX-License-Identifier: EUPL-1.2
   Shows the passkey forms, which do nothing without JavaScript, and says so in words when a passkey did not work. */
(function () {
  'use strict'
  document.addEventListener('DOMContentLoaded', function () {
    if (window.PublicKeyCredential) {
      document.querySelectorAll('[data-needs-script]').forEach(function (form) { form.hidden = false })
    }
  })
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    document.querySelectorAll('[data-passkey-failed]').forEach(function (line) { line.hidden = false })
  })
})()
