{{- define "diffkeeper.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "diffkeeper.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "diffkeeper.labels" -}}
{{ include "diffkeeper.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "diffkeeper.priorityClassName" -}}
{{- .Values.priorityClass.name | default (include "diffkeeper.fullname" .) -}}
{{- end -}}

{{- define "diffkeeper.injector" -}}
{{- .Values.injector.script | default (.Files.Get "files/inject.sh") -}}
{{- end -}}
